# Compiles the files of `target` in one go: each alone would read protobuf's headers and instantiate its templates again, which is two
# thirds of their time. Two names that protoc gives to a table of every file get the file's mark.
function(bitrade_compile_as_one target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0 UNITY_BUILD_UNIQUE_ID BITRADE_FILE
    UNITY_BUILD_CODE_BEFORE_INCLUDE "\
#define BITRADE_MARKED_(name, mark) name##mark
#define BITRADE_MARKED(name, mark) BITRADE_MARKED_(name, mark)
#define schemas BITRADE_MARKED(schemas_, BITRADE_FILE)
#define file_default_instances BITRADE_MARKED(instances_, BITRADE_FILE)"
    UNITY_BUILD_CODE_AFTER_INCLUDE "#undef schemas\n#undef file_default_instances")
endfunction()

# bitrade_proto_library(NAME <target> SRCS <files, relative to this folder> [GRPC])
#
# One static library of generated code, compiled once and included as SYSTEM. GRPC adds the stubs. Also appends
# the files to the global property BITRADE_PROTOS, from which the descriptor set is made.
function(bitrade_proto_library)
  cmake_parse_arguments(ARG "GRPC" "NAME" "SRCS;DEPS" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  set(generated)
  foreach(src ${ARG_SRCS})
    string(REGEX REPLACE "\\.proto$" "" stem ${src})
    set(files ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
    set(flags --cpp_out=${out})
    if(ARG_GRPC)
      list(APPEND files ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
      list(APPEND flags --grpc_out=${out} --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
    endif()
    add_custom_command(
      OUTPUT ${files}
      COMMAND protobuf::protoc -I${PROJECT_SOURCE_DIR}/proto ${flags} ${PROJECT_SOURCE_DIR}/proto/${src}
      DEPENDS ${PROJECT_SOURCE_DIR}/proto/${src}
      VERBATIM)
    list(APPEND generated ${files})
    set_property(GLOBAL APPEND PROPERTY BITRADE_PROTOS ${src})
  endforeach()
  add_library(${ARG_NAME} STATIC ${generated})
  bitrade_compile_as_one(${ARG_NAME})
  set_property(GLOBAL APPEND PROPERTY BITRADE_TARGETS ${ARG_NAME})
  target_include_directories(${ARG_NAME} SYSTEM PUBLIC ${out})
  target_compile_options(${ARG_NAME} PRIVATE -pthread)   # as the precompiled header
  target_link_libraries(${ARG_NAME} PUBLIC ${ARG_DEPS} protobuf::libprotobuf Threads::Threads)
  if(ARG_GRPC)
    target_link_libraries(${ARG_NAME} PUBLIC gRPC::grpc++)
  endif()
endfunction()
