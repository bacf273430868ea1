package dev.skein.models.langchain;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.skein.http.Headers;
import dev.skein.http.Reply;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Our transport as LangChain4j's HTTP client, and the builder that gives it. Everything happens on
 * the calling thread, which must be in a {@link Passage}; timeouts are the transport's own.
 */
record TransportClient(Transport transport) implements HttpClient, HttpClientBuilder {
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var passage = Passage.CURRENT.get();
        try {
            var reply = transport.send(translated(request), passage.deadline());
            if (reply.status() / 100 != 2) throw passage.refused(reply);
            return response(reply.status(), reply.headers(), reply.text());
        } catch (TransportException e) {
            throw passage.lost(e);
        } catch (InterruptedException e) {
            throw passage.lost(e);
        }
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        var passage = Passage.CURRENT.get();
        try (var stream = transport.open(translated(request), passage.deadline())) {
            if (stream.status() / 100 != 2) {
                listener.onError(
                        passage.refused(
                                new Reply(stream.status(), stream.headers(), stream.readAll())));
                return;
            }
            listener.onOpen(response(stream.status(), stream.headers(), null));
            parser.parse(new StreamedBody(stream, passage), listener);
            listener.onClose();
        } catch (TransportException e) {
            listener.onError(passage.lost(e));
        } catch (InterruptedException e) {
            listener.onError(passage.lost(e));
        }
    }

    private static Request translated(HttpRequest request) {
        var headers = new HashMap<String, String>();
        request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        var body =
                request.body() == null
                        ? new byte[0]
                        : request.body().getBytes(StandardCharsets.UTF_8);
        return new Request(request.method().name(), URI.create(request.url()), headers, body);
    }

    private static SuccessfulHttpResponse response(
            int status, Headers headers, @Nullable String body) {
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(headers.all())
                .body(body)
                .build();
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }
}
