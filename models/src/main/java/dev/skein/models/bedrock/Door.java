package dev.skein.models.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.http.Request;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Target;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;

/** Where one model listens; an answer and a streamed one are asked for at two addresses. */
record Door(URI whole, URI streamed, Proof proof, Faults faults) implements Target {
    /** The model's name may be a whole address of Amazon's own kind. */
    static Door of(Place place, String model, Faults faults) {
        var path = "/model/" + URLEncoder.encode(model, UTF_8) + "/converse";
        var whole = place.site().at(path);
        return new Door(whole, place.site().at(path + "-stream"), place.proof(), faults);
    }

    @Override
    public Request request(byte[] body, boolean asStream) throws InterruptedException {
        var uri = asStream ? streamed : whole;
        var headers = new HashMap<>(proof.headers(uri, body));
        headers.put("content-type", "application/json");
        headers.put("accept", asStream ? Frames.TYPE : "application/json");
        return Request.post(uri, headers, body);
    }
}
