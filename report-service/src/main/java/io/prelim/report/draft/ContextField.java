package io.prelim.report.draft;

import io.prelim.events.PatientContext;
import io.prelim.events.Phi;

/** The fields of the patient's context that a draft may quote. */
public enum ContextField {
    STUDY_DESCRIPTION {
        @Override
        Phi<String> of(PatientContext context) {
            return context.studyDescription();
        }
    },
    INDICATION {
        @Override
        Phi<String> of(PatientContext context) {
            return context.indication();
        }
    },
    /** What was ordered, as mapped; it is coded, and so not identified. */
    PROCEDURE {
        @Override
        Phi<String> of(PatientContext context) {
            return context.procedure() == null
                    ? null
                    : Phi.ofNullable(context.procedure().meaning());
        }
    };

    abstract Phi<String> of(PatientContext context);

    /** What the context says, cleaned for display; null when there is no context or it does not say. */
    public Phi<String> in(PatientContext context) {
        Phi<String> value = context == null ? null : of(context);
        if (value == null) {
            return null;
        }
        String plain = PlainText.of(value.reveal());
        return plain.isEmpty() ? null : Phi.of(plain);
    }
}
