# Our own code compiles without a warning. Generated code is included as SYSTEM and not held to this.
add_library(bitrade_warnings INTERFACE)
target_compile_options(bitrade_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  -Wno-missing-field-initializers   # designated initializers leave out what keeps its default
  -Wno-restrict   # GCC 12 reports every inlined `"literal" + std::string()`: its bug 105651
  -pthread)   # no warning, but what every precompiled header was compiled with
