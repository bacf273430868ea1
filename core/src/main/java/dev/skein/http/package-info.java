/**
 * The blocking HTTP/1.1 exchange that models, client and command line share. Hidden: open to those
 * modules only. It knows nothing of runs and models; callers say what its failures mean to them.
 */
package dev.skein.http;
