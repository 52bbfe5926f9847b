/** The one way into a service's HTTP: finds out who asks. Called by the framework alone. */
package io.prelim.access.door;
