package io.prelim.access.users;

import io.prelim.access.AccessSettings;
import io.prelim.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The users of the file, as it is now: a change is read within {@link AccessSettings.Users#check}, and one that cannot be used leaves the
 * last good users in force. A password that was right once is known by a keyed digest until the file changes, so that bcrypt costs once a
 * user and not once a request.
 */
@ApplicationScoped
public class Users {
    private static final int CHECKS_AT_ONCE = 2;
    private static final int WAIT_SECONDS = 5;
    private static final int MOST_KNOWN = 10_000;
    private static final String DIGEST = "HmacSHA256";

    private final AccessSettings.Users settings;
    private final Event<UsersRead> told;
    private final Attempts attempts = new Attempts(System::nanoTime);
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);
    private final SecretKeySpec key;
    private volatile Standing standing;
    private volatile long looked;

    @Inject
    Users(AccessSettings settings, Event<UsersRead> told) {
        this.settings = settings.users();
        this.told = told;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, DIGEST);
    }

    /** @param seen what the file looked like when it was read last, whether it could be used or not */
    private record Standing(Object seen, Map<String, UsersFile.User> users, Set<String> proven) {}

    /**
     * Reads the file for the first time.
     *
     * @return how many users there are
     * @throws BadUsersFile if it cannot be used
     */
    public int load() throws BadUsersFile {
        Path file = file();
        Object seen = look(file);
        standing = new Standing(seen, UsersFile.read(file), ConcurrentHashMap.newKeySet());
        looked = System.nanoTime();
        return standing.users.size();
    }

    /** Who has this name and this password; takes as long for a name that is not known. */
    public Optional<Caller> known(String name, String password) {
        Standing now = current();
        UsersFile.User user = now.users.get(name);
        String proof = proof(name, password);
        if (user != null && now.proven.contains(proof)) {
            return Optional.of(user.caller());
        }
        if (!attempts.allowed(name)) {
            return Optional.empty();
        }
        // somebody's hash, so that a name that is not known takes as long
        UsersFile.User held = user == null ? now.users.values().iterator().next() : user;
        if (!fit(password, held.hash()) || user == null) {
            attempts.failed(name);
            return Optional.empty();
        }
        if (now.proven.size() < MOST_KNOWN) {
            now.proven.add(proof);
        }
        return Optional.of(user.caller());
    }

    private boolean fit(String password, String hash) {
        boolean placed = false;
        try {
            placed = checks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            return placed && Passwords.fit(password, hash);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (placed) {
                checks.release();
            }
        }
    }

    private Standing current() {
        if (System.nanoTime() - looked < settings.check().toNanos()) {
            return standing;
        }
        synchronized (this) {
            if (System.nanoTime() - looked >= settings.check().toNanos()) {
                refresh();
                looked = System.nanoTime();
            }
        }
        return standing;
    }

    private void refresh() {
        Path file = file();
        Object seen = look(file);
        if (seen.equals(standing.seen)) {
            return;
        }
        try {
            Map<String, UsersFile.User> users = UsersFile.read(file);
            standing = new Standing(seen, users, ConcurrentHashMap.newKeySet());
            told.fire(new UsersRead(file.getFileName().toString(), users.size(), null));
        } catch (BadUsersFile e) {
            standing = new Standing(seen, standing.users, standing.proven);
            told.fire(new UsersRead(file.getFileName().toString(), standing.users.size(), e));
        }
    }

    private Path file() {
        return Path.of(settings.file().orElseThrow());
    }

    private static Object look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    private String proof(String name, String password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + DIGEST, e);
        }
    }
}
