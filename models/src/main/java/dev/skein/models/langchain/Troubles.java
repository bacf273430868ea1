package dev.skein.models.langchain;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.skein.failure.Failure;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.models.wire.Faults;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an exception of LangChain4j means. */
record Troubles(Faults faults) {
    private static final int DEEPEST = 16;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;

    SkeinException meaning(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth++ < DEEPEST; at = at.getCause()) {
            if (at instanceof SkeinException ours) return ours;
            if (at instanceof Refused refused) return faults.refused(refused.reply());
            if (at instanceof HttpException http)
                return faults.refused(http.statusCode(), said(http));
        }
        depth = 0;
        for (Throwable at = thrown; at != null && depth++ < DEEPEST; at = at.getCause()) {
            var known = known(at);
            if (known.isPresent()) return new SkeinException(known.get(), thrown);
        }
        return faults.senseless(thrown.getClass().getSimpleName() + ": " + said(thrown));
    }

    private Optional<Failure> known(Throwable at) {
        if (!(at instanceof LangChain4jException known)) return Optional.empty();
        var provider = faults.provider();
        var text = faults.hidden(said(known));
        return Optional.ofNullable(
                switch (known) {
                    case AuthenticationException _ ->
                            new ModelFailure.Auth(provider, UNAUTHORIZED, "the key");
                    case RateLimitException _ ->
                            new ModelFailure.RateLimited(provider, Duration.ZERO, Duration.ZERO);
                    case TimeoutException _ ->
                            new ModelFailure.Timeout(provider, "as the model says", Duration.ZERO);
                    case UnresolvedModelServerException _ ->
                            new ModelFailure.Unreachable(provider, text);
                    case InternalServerException _ ->
                            new ModelFailure.Overloaded(provider, UNAVAILABLE, text);
                    case ContentFilteredException _ ->
                            new ModelFailure.Refused(faults.model(), text);
                    case ModelNotFoundException _,
                            InvalidRequestException _,
                            UnsupportedFeatureException _ ->
                            new ModelFailure.BadRequest(faults.model(), text);
                    default -> null; // says no more than that something went wrong
                });
    }

    private static String said(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null ? "no reason was given" : message;
    }
}
