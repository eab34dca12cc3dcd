// Compiles nothing: the target it belongs to exists to build the shared precompiled header.
