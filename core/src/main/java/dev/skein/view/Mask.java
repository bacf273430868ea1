package dev.skein.view;

import java.util.regex.Pattern;

/**
 * Makes text of programs and agents fit to be looked at: what looks like a key of a provider, a
 * token or a password is not shown. It goes by looks, so a secret that looks like nothing is only
 * found beside a name such as {@code password}.
 */
final class Mask {
    static final String HIDDEN = "▇▇▇";

    /** Keys whose beginning says what they are, web tokens, and private keys. */
    private static final Pattern KEY =
            Pattern.compile(
                    "sk-[\\w-]{16,}+|(?:AKIA|ASIA)[0-9A-Z]{16}|ABSK[\\w+/=-]{20,}+"
                            + "|bedrock-api-key-[\\w+/=-]{16,}+|AIza[\\w-]{30,}+"
                            + "|gh[opsur]_\\w{20,}+|github_pat_\\w{20,}+|glpat-[\\w-]{16,}+"
                            + "|(?:gsk|hf|r8)_\\w{20,}+|(?:xai|pplx)-\\w{20,}+"
                            + "|xox[abeprs]-[\\w-]{10,}+"
                            + "|eyJ[\\w-]{8,}+\\.eyJ[\\w-]{8,}+\\.[\\w-]*+"
                            + "|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*+"
                            + "(?:-----END [A-Z ]{0,40}-----)?");

    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}+");

    private static final Pattern ADDRESS = Pattern.compile("(://[^\\s/:@]{0,100}:)[^\\s/@]++@");

    private static final String NAMES =
            "(?:passw(?:or)?d|passphrase|pwd|secret|token|credentials?|authorization|cookie"
                    + "|(?:api|access|private|secret)[_-]?key)";

    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)("
                            + NAMES
                            + "[\"']?\\s{0,9}[:=]\\s{0,9}|--"
                            + NAMES
                            + "\\s)"
                            + "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'[^']*+'?|\\[[^\\]]*+\\]?|\\{[^}]*+\\}?"
                            + "|[^\\s,;&\"'})\\]]++)");

    private Mask() {}

    static String over(String text) {
        var keys = KEY.matcher(text).replaceAll(HIDDEN);
        var headers = HEADER.matcher(keys).replaceAll("$1 " + HIDDEN);
        var addresses = ADDRESS.matcher(headers).replaceAll("$1" + HIDDEN + "@");
        return NAMED.matcher(addresses).replaceAll("$1" + HIDDEN);
    }
}
