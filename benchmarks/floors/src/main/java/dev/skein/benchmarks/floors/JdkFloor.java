package dev.skein.benchmarks.floors;

import dev.skein.benchmarks.harness.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The floor over the JDK's own HTTP client, with blocking calls from virtual threads. */
public final class JdkFloor extends Floor {
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(30))
                    .build();
    private final URI address;

    private JdkFloor(String address) {
        this.address = URI.create(address + "/chat/completions");
    }

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, JdkFloor::new);
    }

    @Override
    byte[] exchange(byte[] body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(90))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + KEY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        var reply = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (reply.statusCode() != OK) throw new IOException("status " + reply.statusCode());
        return reply.body();
    }

    @Override
    public void close() {
        client.close();
    }
}
