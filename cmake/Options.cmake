# How everything is compiled: C++20, sanitizers by preset, mold and ccache where they are installed.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# In one way for libraries and programs, so that one precompiled header fits all; we replace no function at load time.
add_compile_options(-fPIC -fno-semantic-interposition)
# Tests are compiled once and run once: the optimizer would take longer than it saves.
set(BITRADE_TEST_OPTIONS $<$<CONFIG:Release>:-O1>)

# GCC clears its heap whenever that has doubled, a precompiled header counted: at one GiB it is through before it begins (7 % of a build).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-heapsize=1048576)
endif()

set(BITRADE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")
if(BITRADE_SANITIZE)
  add_compile_options(-fsanitize=${BITRADE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${BITRADE_SANITIZE})
  if(BITRADE_SANITIZE STREQUAL "thread")
    add_compile_options(-Wno-tsan) # Asio has a fence, which the sanitizer does not see
  endif()
else()
  add_compile_options(-fstack-protector-strong)
  add_compile_definitions($<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
add_link_options(-Wl,--as-needed -Wl,-z,relro,-z,now)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # What ccache must be told, and the compiler tell it, about precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options(-fpch-preprocess)
endif()
