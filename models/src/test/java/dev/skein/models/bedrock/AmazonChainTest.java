package dev.skein.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.SkeinException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class AmazonChainTest {
    private static AccessKey found(AwsCredentialsProvider provider) throws InterruptedException {
        try (var chain = new AmazonChain(provider, () -> {})) {
            return chain.current();
        }
    }

    @Test
    void whatTheLibraryFindsIsTheKey() throws Exception {
        var key = found(() -> AwsBasicCredentials.create("an-id", "a-secret"));
        assertThat(key.id()).isEqualTo("an-id");
        String secret = key.secret().reveal(value -> new String(value));
        assertThat(secret).isEqualTo("a-secret");
        assertThat(key.session()).isNull();
        assertThat(key.toString()).doesNotContain("a-secret");
    }

    @Test
    void aKeyThatIsLentHasItsToken() throws Exception {
        var key = found(() -> AwsSessionCredentials.create("an-id", "a-secret", "a-token"));
        assertThat(key.session()).isNotNull();
    }

    @Test
    @Tag("AG-62")
    void aLibraryThatFindsNothingSaysWhereItLooked() {
        var thrown =
                catchThrowableOfType(
                        SkeinException.class,
                        () ->
                                found(() -> {
                                    throw SdkClientException.create("nothing in my pockets");
                                }));
        assertThat(thrown.failure().code()).isEqualTo("model.not_configured");
        assertThat(thrown.failure().remedy())
                .contains("AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID", "nothing in my pockets");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("AG-69")
    void anInterruptEndsTheSearch(boolean virtual) throws Exception {
        var searching = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var search =
                new FutureTask<>(() ->
                        found(() -> {
                            searching.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            throw SdkClientException.create("interrupted");
                        }));
        var thread = virtual ? Thread.ofVirtual().start(search) : Thread.ofPlatform().start(search);
        searching.await();
        thread.interrupt();
        thread.join();
        interrupted.await();
        assertThat(search.state()).isEqualTo(FutureTask.State.FAILED);
        assertThat(search.exceptionNow()).isInstanceOf(InterruptedException.class);
    }
}
