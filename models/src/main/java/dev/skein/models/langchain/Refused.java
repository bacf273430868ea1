package dev.skein.models.langchain;

import dev.langchain4j.exception.HttpException;
import dev.skein.http.Reply;

/** What LangChain4j expects for a status that is not 2xx; the reply is whole, headers included. */
final class Refused extends HttpException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    Refused(Reply reply) {
        super(reply.status(), reply.text());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
