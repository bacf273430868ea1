/** The parser of command lines: picocli's own sources. */
module info.picocli {
    exports picocli;
}
