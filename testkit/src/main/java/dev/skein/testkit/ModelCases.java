package dev.skein.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.ChatModelContract.Trait;
import dev.skein.testkit.ModelBench.Way;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the cases of {@link ChatModelContract} stand on: benches, whole and streamed. */
@ExtendWith(ContractReport.class)
@Timeout(120)
abstract class ModelCases {
    /** Long enough for several pieces, and not all ASCII. */
    static final String TEXT =
            "Wild geese fly in a skein: each bird but the first flies in the upwash of the one"
                    + " before it. Größe, 雁, 🪿 and ∞ are characters too, of two to four bytes.";

    abstract Wire wire(FakeProvider provider);

    abstract Map<String, String> environment(FakeProvider provider);

    abstract ChatModel model(String name, ProviderContext context);

    abstract Map<Trait, String> lacks();

    /** A piece of a case. */
    interface Work {
        void on(ModelBench bench) throws Exception;
    }

    /** Asks for the answer at once, and on a bench of its own piece by piece. */
    void eachWay(Work work) throws Exception {
        eachWay(TransportLimits.defaults(), work);
    }

    void eachWay(TransportLimits limits, Work work) throws Exception {
        on(Way.WHOLE, limits, work);
        if (has(Trait.STREAMING)) on(Way.STREAMED, limits, work);
    }

    /** The same for work that mostly waits: both ways at the same time. */
    void eachWayAtOnce(TransportLimits limits, Work work) throws Exception {
        var streamed =
                Caller.start(
                        true,
                        () -> {
                            if (has(Trait.STREAMING)) on(Way.STREAMED, limits, work);
                            return Way.STREAMED;
                        });
        on(Way.WHOLE, limits, work);
        streamed.result();
    }

    void whole(Work work) throws Exception {
        on(Way.WHOLE, TransportLimits.defaults(), work);
    }

    void streamed(Work work) throws Exception {
        needs(Trait.STREAMING);
        on(Way.STREAMED, TransportLimits.defaults(), work);
    }

    /** Skips the case if the model lacks one of these. */
    void needs(Trait... traits) {
        for (var trait : traits)
            if (!has(trait)) abort("without " + trait + ": " + lacks().get(trait));
    }

    boolean has(Trait trait) {
        return !lacks().containsKey(trait);
    }

    private void on(Way way, TransportLimits limits, Work work) throws Exception {
        try (var provider = FakeProvider.start()) {
            var wire = wire(provider);
            try (var context = new LentContext(environment(provider), limits)) {
                var model = model(ModelBench.NAME, context);
                work.on(new ModelBench(provider, wire, model, way));
            }
        } catch (AssertionError e) {
            throw new AssertionError(way + ": " + e.getMessage(), e);
        }
    }
}
