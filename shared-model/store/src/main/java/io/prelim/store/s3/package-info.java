/**
 * A copy's objects in a store that speaks S3. The one package that knows the client library; its errors leave it as codes, without
 * addresses or credentials.
 */
package io.prelim.store.s3;
