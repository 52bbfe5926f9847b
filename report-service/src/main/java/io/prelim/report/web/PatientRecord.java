package io.prelim.report.web;

import io.prelim.access.audit.AuditEntry;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is done with the report that the path's {@code reportKey} names, in a transaction: a report of a site that the caller may not see
 * is not there, and what was done is recorded in the same transaction.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface PatientRecord {
    @Nonbinding
    AuditEntry.Action value() default AuditEntry.Action.READ;
}
