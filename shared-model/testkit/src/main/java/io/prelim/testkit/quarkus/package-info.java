/** Test resources of the services: each test profile gets topics and a database of its own on the build's broker and database. */
package io.prelim.testkit.quarkus;
