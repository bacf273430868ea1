package dev.skein.models.wire;

import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.TokenEstimator;
import dev.skein.model.Usage;

/** Guesses the tokens of a call where nobody counted them. */
public final class Estimate {
    private static final int MESSAGE_OVERHEAD = 4;
    private static final int CALL_OVERHEAD = 5;

    private Estimate() {}

    /** Of the call and its answer. */
    public static Usage usage(ModelCall call, Message.Assistant answer, TokenEstimator estimator) {
        return Usage.of(input(call, estimator), tokens(answer, estimator));
    }

    private static long input(ModelCall call, TokenEstimator estimator) {
        long sum = 0;
        for (var message : call.messages()) sum += tokens(message, estimator);
        for (var tool : call.tools()) {
            sum += estimator.tokens(tool.name()) + estimator.tokens(tool.description());
            sum += estimator.tokens(tool.input().schema().canonical());
        }
        var output = call.output();
        return output == null ? sum : sum + estimator.tokens(output.schema().canonical());
    }

    private static long tokens(Message message, TokenEstimator estimator) {
        if (message instanceof Message.Results(var results, _)) {
            long sum = MESSAGE_OVERHEAD;
            for (var result : results) sum += estimator.tokens(result.text()) + CALL_OVERHEAD;
            return sum;
        }
        long sum = MESSAGE_OVERHEAD + estimator.tokens(message.text());
        if (message instanceof Message.Assistant(_, var calls, _, _)) {
            for (var call : calls)
                sum +=
                        estimator.tokens(call.name() + Arguments.text(call.arguments()))
                                + CALL_OVERHEAD;
        }
        return sum;
    }
}
