/** What operators read: the numbered messages of this service. Any room that is not pure may use it. */
package io.prelim.inference.log;
