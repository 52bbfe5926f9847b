package io.prelim.store.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Credentials as files hold them now: what is rotated is used from the next request on. */
final class FileCredentials implements AwsCredentialsProvider {
    private final Path accessKey;
    private final Path secretKey;

    FileCredentials(Path accessKey, Path secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create(read(accessKey), read(secretKey));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw SdkClientException.create("the credential file " + file + " cannot be read", e);
        }
    }
}
