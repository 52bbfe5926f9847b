/** Certificates for tests, made when they run by the JDK's own keytool: none lies in the repository, none outlives its test. */
package io.prelim.testkit.tls;
