package io.prelim.report.web.fhir;

import io.prelim.dicom.core.Uid;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations;

/** What the FHIR server can: it writes nothing. */
final class FhirCapability {
    /** Of search parameters. */
    private static final Map<String, Enumerations.SearchParamType> TYPES = Map.of(
            "_id", Enumerations.SearchParamType.TOKEN,
            "identifier", Enumerations.SearchParamType.TOKEN,
            "status", Enumerations.SearchParamType.TOKEN,
            "result", Enumerations.SearchParamType.REFERENCE,
            "_lastUpdated", Enumerations.SearchParamType.DATE,
            "patient", Enumerations.SearchParamType.REFERENCE,
            "based-on", Enumerations.SearchParamType.REFERENCE);

    private FhirCapability() {}

    static CapabilityStatement statement(String base, Instant started) {
        CapabilityStatement statement = new CapabilityStatement();
        statement.setStatus(Enumerations.PublicationStatus.ACTIVE);
        statement.setDate(Date.from(started));
        statement.setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE);
        statement.setFhirVersion(Enumerations.FHIRVersion._4_0_1);
        statement.addFormat("json");
        statement.getSoftware().setName("Prelim").setVersion(Uid.IMPLEMENTATION_VERSION);
        statement
                .getImplementation()
                .setDescription("Reports of imaging studies")
                .setUrl(base);
        var rest = statement.addRest().setMode(CapabilityStatement.RestfulCapabilityMode.SERVER);
        var reports = resource(rest.addResource(), "DiagnosticReport");
        reports.setVersioning(ResourceVersionPolicy.VERSIONED);
        reports.addInteraction().setCode(TypeRestfulInteraction.VREAD);
        reports.addInteraction().setCode(TypeRestfulInteraction.HISTORYINSTANCE);
        reports.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        reports.addSearchInclude(FhirQuestion.INCLUDE);
        for (String parameter : FhirQuestion.PARAMETERS) {
            String name = parameter.split("[:.]")[0];
            if (TYPES.containsKey(name)) {
                reports.addSearchParam()
                        .setName(name)
                        .setType(TYPES.get(name))
                        .setDocumentation(documentation(parameter));
            }
        }
        resource(rest.addResource(), "Observation").setVersioning(ResourceVersionPolicy.NOVERSION);
        resource(rest.addResource(), "ImagingStudy").setVersioning(ResourceVersionPolicy.NOVERSION);
        return statement;
    }

    private static CapabilityStatementRestResourceComponent resource(
            CapabilityStatementRestResourceComponent resource, String type) {
        resource.setType(type);
        resource.addInteraction().setCode(TypeRestfulInteraction.READ);
        return resource;
    }

    private static String documentation(String parameter) {
        return FhirQuestion.IDENTIFIED.contains(parameter)
                ? "as " + parameter + ", by POST to DiagnosticReport/_search alone"
                : "as " + parameter;
    }
}
