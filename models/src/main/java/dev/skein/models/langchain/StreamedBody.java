package dev.skein.models.langchain;

import dev.skein.http.ReplyStream;
import dev.skein.http.TransportException;
import java.io.InputStream;

/** A reply's body as LangChain4j's parsers read it. Closing it closes nothing. */
final class StreamedBody extends InputStream {
    private final ReplyStream stream;
    private final Passage passage;

    StreamedBody(ReplyStream stream, Passage passage) {
        this.stream = stream;
        this.passage = passage;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) {
        if (length == 0) return 0;
        try {
            return stream.read(into, at, length);
        } catch (TransportException e) {
            throw passage.lost(e);
        } catch (InterruptedException e) {
            throw passage.lost(e);
        }
    }
}
