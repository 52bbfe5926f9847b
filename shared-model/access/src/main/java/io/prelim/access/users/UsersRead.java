package io.prelim.access.users;

/**
 * The file of users has changed; fired for whoever tells operators.
 *
 * @param users   in force now
 * @param problem why the file as it is now is not in force; null when it is
 */
public record UsersRead(String file, int users, BadUsersFile problem) {}
