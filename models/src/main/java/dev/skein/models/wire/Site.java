package dev.skein.models.wire;

import dev.skein.policy.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider listens, and how it knows who asks.
 *
 * @param base the address that the paths of its wire are added to, without a slash at the end
 * @param key null where none is needed
 */
public record Site(URI base, @Nullable Secret key) {
    /** Drops a slash at the end. */
    public Site {
        var text = base.toString();
        if (text.endsWith("/")) base = URI.create(text.substring(0, text.length() - 1));
    }

    /**
     * The address for that path, which begins with a slash; a query of the base stays behind it.
     */
    public URI at(String path) {
        var text = base.toString();
        int query = text.indexOf('?');
        return URI.create(
                query < 0 ? text + path : text.substring(0, query) + path + text.substring(query));
    }

    /** The key as the text that it is, for who can send nothing else; empty if there is none. */
    public String secret() {
        return key == null ? "" : key.reveal(value -> new String(value));
    }

    /**
     * The headers of every request.
     *
     * @param keyHeader the one that carries the key
     * @param prefix of its value
     */
    public Map<String, String> headers(
            String keyHeader, String prefix, Map<String, String> others) {
        var headers = new HashMap<>(others);
        headers.put("content-type", "application/json");
        if (key != null) headers.put(keyHeader, prefix + secret());
        return Map.copyOf(headers);
    }
}
