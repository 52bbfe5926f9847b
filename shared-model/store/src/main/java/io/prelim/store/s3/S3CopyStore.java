package io.prelim.store.s3;

import io.prelim.store.copy.CopyFailed;
import io.prelim.store.copy.CopyStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in a bucket. A put goes with its MD5, which the store compares before it keeps the object (RFC 1864; every store that speaks S3
 * has it), and is one plain request, without the chunks and trailers that not every store knows. Retries are the caller's.
 */
public final class S3CopyStore implements CopyStore {
    /** What one request may delete. */
    private static final int DELETED_AT_ONCE = 1000;

    private final S3Client client;
    private final S3Settings settings;
    private final String prefix;

    private S3CopyStore(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
        this.prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
    }

    /** Makes a client; asks nothing of the store yet. */
    public static S3CopyStore of(S3Settings settings) {
        AwsCredentialsProvider credentials = settings.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : new FileCredentials(settings.accessKey(), settings.secretKey());
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.connectTimeout())
                        .socketTimeout(settings.attemptTimeout())
                        .build())
                .overrideConfiguration(client -> client.apiCallTimeout(settings.attemptTimeout())
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return new S3CopyStore(builder.build(), settings);
    }

    @Override
    public void put(String key, ByteBuffer content, Duration patience) throws IOException {
        Duration timeout = patience.compareTo(settings.attemptTimeout()) < 0 ? patience : settings.attemptTimeout();
        String md5 = md5(content);
        asked(() -> client.putObject(
                put -> put.bucket(settings.bucket())
                        .key(prefix + key)
                        .contentMD5(md5)
                        .contentType("application/octet-stream")
                        .overrideConfiguration(request -> request.apiCallTimeout(timeout)),
                RequestBody.fromRemainingByteBuffer(content.duplicate())));
    }

    @Override
    public boolean get(String key, ByteBuffer target) throws IOException {
        return asked(() -> {
            try (ResponseInputStream<GetObjectResponse> object =
                    client.getObject(get -> get.bucket(settings.bucket()).key(prefix + key))) {
                if (object.response().contentLength() != target.remaining()) {
                    object.abort();
                    return false;
                }
                fill(target, object);
                return !target.hasRemaining();
            } catch (NoSuchKeyException e) {
                return false;
            } catch (IOException e) {
                throw SdkException.create("the object broke off", e);
            }
        });
    }

    private static void fill(ByteBuffer target, InputStream object) throws IOException {
        byte[] piece = new byte[64 << 10];
        int read = 0;
        while (target.hasRemaining() && read >= 0) {
            read = object.read(piece, 0, Math.min(piece.length, target.remaining()));
            target.put(piece, 0, Math.max(0, read));
        }
    }

    @Override
    public List<Entry> list(String start, String after, int limit) throws IOException {
        return asked(() -> client
                .listObjectsV2(list -> {
                    list.bucket(settings.bucket()).prefix(prefix + start).maxKeys(limit);
                    if (!after.isEmpty()) {
                        list.startAfter(prefix + after);
                    }
                })
                .contents()
                .stream()
                .map(object -> new Entry(object.key().substring(prefix.length()), object.size()))
                .toList());
    }

    @Override
    public List<String> folders() throws IOException {
        List<String> folders = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListObjectsV2Response page = asked(() -> client.listObjectsV2(list ->
                    list.bucket(settings.bucket()).prefix(prefix).delimiter("/").continuationToken(next)));
            page.commonPrefixes().stream()
                    .map(CommonPrefix::prefix)
                    .map(folder -> folder.substring(prefix.length(), folder.length() - 1))
                    .forEach(folders::add);
            token = page.nextContinuationToken();
        } while (token != null);
        return folders;
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        List<ObjectIdentifier> all = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(prefix + key).build())
                .toList();
        for (int at = 0; at < all.size(); at += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = all.subList(at, Math.min(all.size(), at + DELETED_AT_ONCE));
            DeleteObjectsResponse response = asked(() -> client.deleteObjects(delete -> delete.bucket(settings.bucket())
                    .delete(Delete.builder().objects(some).quiet(true).build())));
            if (response.hasErrors() && !response.errors().isEmpty()) {
                throw new CopyFailed("not deleted: " + response.errors().get(0).code(), null);
            }
        }
    }

    private static <T> T asked(Supplier<T> request) throws CopyFailed {
        try {
            return request.get();
        } catch (S3Exception e) {
            String code =
                    e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
            throw new CopyFailed(e.statusCode() + " " + (code == null || code.isEmpty() ? "no code" : code), e);
        } catch (SdkException e) {
            throw new CopyFailed(types(e), e);
        } finally {
            Thread.interrupted(); // a request that ran out of time may leave one behind
        }
    }

    /** The types alone: messages quote addresses. */
    private static String types(Throwable failure) {
        StringBuilder types = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 6; cause = cause.getCause(), depth++) {
            types.append(depth == 0 ? "" : "<").append(cause.getClass().getSimpleName());
        }
        return types.toString();
    }

    private static String md5(ByteBuffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(content.duplicate());
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
