package dev.skein.models.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.policy.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SignatureTest {
    private static final Instant NOW = Instant.parse("2026-03-02T23:59:58Z");
    private static final byte[] BODY = "{\"messages\":[\"Größe\"]}".getBytes(UTF_8);

    @ParameterizedTest
    @CsvSource({
        "https://bedrock-runtime.eu-central-1.amazonaws.com/model/a/converse,",
        "https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.a.b-v1%3A0/converse-stream,",
        "http://127.0.0.1:8080/bedrock/model/arn%3Aaws%3Ab%3A%3A1%3Ap%2Fx/converse, lent",
    })
    void itIsWhatAmazonsOwnLibraryMakes(String address, @Nullable String session) {
        var uri = URI.create(address);
        var lent = session == null ? null : secret(session);
        var key = new AccessKey("an-id", secret("a secret/+="), lent);

        var ours = new Signature(key, "eu-central-1", NOW).headers(uri, BODY);

        var theirs = theirs(uri, session);
        assertThat(ours.get("x-amz-date")).isEqualTo(theirs.get("X-Amz-Date"));
        assertThat(ours.get("authorization")).isEqualTo(theirs.get("Authorization"));
    }

    private static Map<String, String> theirs(URI uri, @Nullable String session) {
        var identity =
                session == null
                        ? AwsCredentialsIdentity.create("an-id", "a secret/+=")
                        : AwsSessionCredentialsIdentity.create("an-id", "a secret/+=", session);
        var signed =
                AwsV4HttpSigner.create()
                        .sign(request ->
                                request.identity(identity)
                                        .request(request(uri))
                                        .payload(() -> new ByteArrayInputStream(BODY))
                                        .putProperty(
                                                AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                                        .putProperty(
                                                HttpSigner.SIGNING_CLOCK,
                                                Clock.fixed(NOW, ZoneOffset.UTC)))
                        .request();
        return Map.of(
                "X-Amz-Date", signed.firstMatchingHeader("X-Amz-Date").orElseThrow(),
                "Authorization", signed.firstMatchingHeader("Authorization").orElseThrow());
    }

    private static SdkHttpRequest request(URI uri) {
        return SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri).build();
    }

    private static Secret secret(String value) {
        return Secret.of("a secret", value.toCharArray());
    }
}
