package dev.skein.models;

import dev.skein.failure.SkeinException;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes a model of that provider, and tells what became of it. */
public final class Probe implements Callable<String> {
    private static final Map<String, String> KEYS =
            Map.of(
                    "GEMINI_API_KEY", "x",
                    "MISTRAL_API_KEY", "x",
                    "OPENAI_API_KEY", "x",
                    "ANTHROPIC_API_KEY", "x",
                    "AWS_REGION", "eu-central-1");

    private final String provider;

    public Probe(String provider) {
        this.provider = provider;
    }

    @Override
    public String call() {
        try (var lent = new Lent(KEYS)) {
            var model = Loopback.provider(provider, getClass().getClassLoader()).model("m", lent);
            return model.info().provider().equals(provider) ? "made" : "made another";
        } catch (SkeinException e) {
            var failure = e.failure();
            return failure.code() + ": " + failure.message() + " " + failure.remedy();
        }
    }
}
