package dev.skein.models.langchain;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.skein.failure.SkeinException;
import dev.skein.http.Headers;
import dev.skein.http.Reply;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Lines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our transport as LangChain4j's HTTP client, and the builder that gives it. Everything happens on
 * the calling thread, which must be in a {@link Passage}; timeouts are the transport's own.
 */
record TransportClient(Transport transport, Faults faults, Wording wording, int largestEvent)
        implements HttpClient, HttpClientBuilder {
    private static final Pattern ERROR =
            Pattern.compile("\\s*\\{\\s*\"(error\"\\s*:\\s*[^n\\s]|object\"\\s*:\\s*\"error\")");

    /** Over the transport that is shared there, under its limits. */
    static TransportClient of(ProviderContext context, Faults faults, Wording wording) {
        return new TransportClient(
                Lines.of(context), faults, wording, context.limits().sizes().event());
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var passage = Passage.CURRENT.get();
        try {
            var reply = transport.send(translated(request, passage), passage.deadline());
            if (reply.status() / 100 != 2) throw passage.refused(reply);
            if (isPage(reply.headers())) throw passage.ended(page());
            return response(reply.status(), reply.headers(), heard(reply.text(), passage));
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
        try (var stream = transport.open(translated(request, passage), passage.deadline())) {
            if (stream.status() / 100 != 2) {
                listener.onError(
                        passage.refused(
                                new Reply(stream.status(), stream.headers(), stream.readAll())));
                return;
            }
            if (isPage(stream.headers())) throw passage.ended(page());
            listener.onOpen(response(stream.status(), stream.headers(), null));
            var longest = new StreamedBody.Longest(largestEvent, faults);
            parser.parse(new StreamedBody(stream, passage, longest), hearing(listener, passage));
            listener.onClose();
        } catch (TransportException e) {
            listener.onError(passage.lost(e));
        } catch (InterruptedException e) {
            listener.onError(passage.lost(e));
        }
    }

    private ServerSentEventListener hearing(ServerSentEventListener listener, Passage passage) {
        return new ServerSentEventListener() {
            @Override
            public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
                if (passage.thrown() != null) return;
                var data = heard(event.data(), passage);
                if (wording.ends(event.data())) passage.finish();
                wording.counted(event.data()).ifPresent(passage.answer()::counted);
                listener.onEvent(new ServerSentEvent(event.event(), data), context);
            }

            @Override
            public void onError(Throwable error) {
                listener.onError(error);
            }
        };
    }

    /** What the provider said, unless that is an error in the place of an answer. */
    private String heard(String data, Passage passage) {
        if (isError(data)) throw passage.ended(faults.reported(Json.parse(data)));
        if (!passage.call().providerTools().isEmpty())
            wording.used(data).forEach(passage.answer()::used);
        return wording.reply(data);
    }

    /** What stands between us and the provider likes to answer for people. */
    private static boolean isPage(Headers headers) {
        return headers.first("content-type").orElse("").contains("html");
    }

    private SkeinException page() {
        return faults.senseless("it is a page and no answer");
    }

    private static boolean isError(String data) {
        return ERROR.matcher(data).lookingAt();
    }

    private Request translated(HttpRequest request, Passage passage) {
        var headers = new HashMap<String, String>();
        request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        var body =
                request.body() == null
                        ? new byte[0]
                        : wording.request(request.body(), passage.call())
                                .getBytes(StandardCharsets.UTF_8);
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
