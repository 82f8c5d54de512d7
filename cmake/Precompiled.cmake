# bitrade_precompile()    called once, last
#
# Gives every target the precompiled header of its kind: tests have one with Catch2. Parsing gRPC, protobuf, libpqxx and Abseil is half of a
# build's time without it, and reading them where only some are wanted costs nothing. All code is compiled position independent and for
# threads in one way, because a precompiled header fits one way only.
option(BITRADE_PRECOMPILE "Compile gRPC's, protobuf's, libpqxx's and Abseil's headers once" ON)

function(bitrade_precompiled_header name header)
  file(WRITE ${CMAKE_BINARY_DIR}/${name}.cc "")
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/${name}.cc)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE gRPC::grpc++ protobuf::libprotobuf PkgConfig::PQXX absl::flat_hash_map absl::statusor
    Threads::Threads Catch2::Catch2)
  target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/${header})
endfunction()

function(bitrade_precompile)
  if(NOT BITRADE_PRECOMPILE)
    return()
  endif()
  bitrade_precompiled_header(precompiled precompiled.h)
  bitrade_precompiled_header(precompiled_test precompiled_test.h)
  target_compile_options(precompiled_test PRIVATE ${BITRADE_TEST_OPTIONS})
  get_property(targets GLOBAL PROPERTY BITRADE_TARGETS)
  foreach(target ${targets})
    get_property(kind TARGET ${target} PROPERTY BITRADE_TEST)
    if(kind)
      target_precompile_headers(${target} REUSE_FROM precompiled_test)
    else()
      target_precompile_headers(${target} REUSE_FROM precompiled)
    endif()
  endforeach()
endfunction()
