# bitrade_library(NAME <target> [HDRS …] [SRCS …] [DEPS …])    a static library (or headers alone)
# bitrade_test(NAME <target> SRCS … [DEPS …] [LABEL unit|postgres|redis|contract|integration])
# bitrade_service(NAME <binary> SRCS … [DEPS …])               an executable of the product
#
# Includes are written from the repository root; generated protos from proto/.

function(bitrade_library)
  cmake_parse_arguments(ARG "" "NAME" "HDRS;SRCS;DEPS" ${ARGN})
  if(ARG_SRCS)
    add_library(${ARG_NAME} STATIC ${ARG_SRCS} ${ARG_HDRS})
    target_link_libraries(${ARG_NAME} PRIVATE bitrade_warnings)
    set_property(GLOBAL APPEND PROPERTY BITRADE_TARGETS ${ARG_NAME})
    set(scope PUBLIC)
  else()
    add_library(${ARG_NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${ARG_NAME} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(${ARG_NAME} ${scope} ${ARG_DEPS})
endfunction()

# One executable per noun or service and kind, with a CTest label. It runs in the source tree's root, so that test
# data is found by its path there.
function(bitrade_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL" "SRCS;DEPS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_compile_options(${ARG_NAME} PRIVATE ${BITRADE_TEST_OPTIONS})
  set_target_properties(${ARG_NAME} PROPERTIES BITRADE_TEST TRUE)
  set_property(GLOBAL APPEND PROPERTY BITRADE_TARGETS ${ARG_NAME})
  target_link_libraries(${ARG_NAME} PRIVATE bitrade_warnings ${ARG_DEPS} Catch2::Catch2WithMain)
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 300)
endfunction()

# A program of the system, with jemalloc: answers are made on one thread and freed on another, which costs glibc's own
# allocator a third of an answer. Sanitizers bring an allocator of theirs.
function(bitrade_service)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  set_property(GLOBAL APPEND PROPERTY BITRADE_TARGETS ${ARG_NAME})
  target_link_libraries(${ARG_NAME} PRIVATE bitrade_warnings ${ARG_DEPS})
  if(NOT BITRADE_SANITIZE)
    target_link_options(${ARG_NAME} PRIVATE -Wl,--push-state,--no-as-needed ${JEMALLOC_LINK_LIBRARIES} -Wl,--pop-state)
  endif()
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  set_property(GLOBAL APPEND PROPERTY BITRADE_BINARIES ${ARG_NAME})
endfunction()

# bitrade_migrations(NAME <target> SET <set> FILES <sql files>)
#
# Embeds migrations: `const bitrade::postgres::MigrationPlan& <NAME>()` declared in <NAME>.h, in the order of FILES.
function(bitrade_migrations)
  cmake_parse_arguments(ARG "" "NAME;SET" "FILES" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/gen/migrations)
  set(rows)
  foreach(file ${ARG_FILES})
    get_filename_component(name ${file} NAME)
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} sql)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    string(APPEND rows "      {\"${ARG_SET}/${name}\", R\"embedded(${sql})embedded\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${out}/${ARG_NAME}.h @ONLY CONTENT
"#pragma once
#include \"services/common/postgres/migrate.h\"
namespace bitrade { const postgres::MigrationPlan& @ARG_NAME@(); }
")
  file(CONFIGURE OUTPUT ${out}/${ARG_NAME}.cc @ONLY CONTENT
"#include \"migrations/@ARG_NAME@.h\"
namespace bitrade {
const postgres::MigrationPlan& @ARG_NAME@() {
  static const auto& plan = *new postgres::MigrationPlan{
@rows@  };
  return plan;
}
}
")
  add_library(${ARG_NAME} STATIC ${out}/${ARG_NAME}.cc)
  target_include_directories(${ARG_NAME} PUBLIC ${CMAKE_BINARY_DIR}/gen)
  target_link_libraries(${ARG_NAME} PUBLIC common_postgres)
endfunction()
