/** The users of a file: reads it, holds passwords against it. Called by the door alone, and by a service's start. */
package io.prelim.access.users;
