# How the project's targets are made: one warning set, one precompiled header for
# everything that includes MLIR, one place for compiler flags.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET default)

# The compiler's own time goes into LLVM, whatever we are compiled with; what runs in a
# predict() is compiled with -O3 (backend/runtime).
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG")

set(FIRN_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined")
option(FIRN_WERROR "Treat warnings as errors" ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # ccache needs to be told that precompiled headers are compared by content.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE_PROGRAM})
endif()

find_program(LLD_PROGRAM NAMES ld.lld-22 ld.lld)
if(LLD_PROGRAM)
  add_link_options(--ld-path=${LLD_PROGRAM})
endif()

# Of the libraries that are named, those that a program uses.
add_link_options(LINKER:--as-needed)

if(FIRN_SANITIZE)
  # What is found ends the program, so that no test passes over it; lines are all that a
  # report needs of debug information. Not bool: Debian's LLVM is built without
  # statistics, so it leaves a flag of pass statistics unset that headers with
  # assertions read.
  add_compile_options(-fsanitize=${FIRN_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize=vptr,function,bool -fno-sanitize-recover=all -gline-tables-only)
  add_link_options(-fsanitize=${FIRN_SANITIZE})
endif()

# Flags of everything that the project itself compiles.
add_library(FirnFlags INTERFACE)
target_compile_options(FirnFlags INTERFACE -Wall -Wextra -Wno-unused-parameter
                       $<$<BOOL:${FIRN_WERROR}>:-Werror> -fno-exceptions)
target_include_directories(FirnFlags INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}>)

# LLVM and MLIR: the two shared libraries and nothing else of them (static MLIR
# libraries beside the shared one would be a second registry of types).
add_library(FirnMLIR INTERFACE)
target_include_directories(FirnMLIR SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
target_compile_definitions(FirnMLIR INTERFACE ${LLVM_DEFINITIONS_LIST})
target_link_libraries(FirnMLIR INTERFACE MLIR LLVM)

# firn_add_library(Name [MLIR] SOURCES a.cpp… LINK lib… [DEPENDS target…])
#   MLIR: the sources include MLIR headers; they share one precompiled header.
function(firn_add_library name)
  cmake_parse_arguments(ARG "MLIR" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE FirnFlags)
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}>)
  if(ARG_MLIR)
    firn_use_mlir(${name})
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# firn_add_executable(name [MLIR] SOURCES a.cpp… LINK lib…)
function(firn_add_executable name)
  cmake_parse_arguments(ARG "MLIR" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  # LLVM and MLIR before all others: most of the 50,000 symbols that the loader looks up as
  # a program starts are theirs, and it asks the libraries in the order of their first
  # mention. A program that does not use them is not linked with them (--as-needed).
  target_link_options(${name} PRIVATE $<TARGET_FILE:MLIR> $<TARGET_FILE:LLVM>)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} FirnFlags)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  # -fPIC as in the libraries, not -fPIE: a precompiled header serves one of them.
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE -fPIC)
  if(ARG_MLIR)
    firn_use_mlir(${name})
  endif()
endfunction()

function(firn_use_mlir target)
  target_link_libraries(${target} PUBLIC FirnMLIR)
  target_precompile_headers(${target} REUSE_FROM FirnPch)
endfunction()

# Parsing MLIR's headers takes six seconds, using them precompiled a quarter of one.
# It is compiled without ccache: from another clone's, which has other paths in it, the
# compiler turns away.
add_library(FirnPch STATIC ${PROJECT_SOURCE_DIR}/cmake/Pch.cpp)
set_target_properties(FirnPch PROPERTIES CXX_COMPILER_LAUNCHER "")
target_link_libraries(FirnPch PRIVATE FirnFlags PUBLIC FirnMLIR)
target_precompile_headers(FirnPch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/Pch.h)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(FirnPch PRIVATE -fpch-instantiate-templates)
endif()

# A precompiled header holds the paths of its folder, so no two clones have equal ones.
# With CCACHE_PCH_EXTSUM=1 (scripts/setup.sh) ccache compares this sum in its place, and a
# clone profits from what another one compiled.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/Pch.h)
file(SHA256 ${PROJECT_SOURCE_DIR}/cmake/Pch.h FIRN_PCH_SUM)
file(TIMESTAMP ${MLIR_CMAKE_DIR}/MLIRConfig.cmake FIRN_MLIR_TIME UTC)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/CMakeFiles/FirnPch.dir/cmake_pch.hxx.pch.sum CONTENT
"${FIRN_PCH_SUM} ${LLVM_PACKAGE_VERSION} ${FIRN_MLIR_TIME} ${CMAKE_CXX_COMPILER_VERSION} \
${CMAKE_BUILD_TYPE} ${CMAKE_CXX_FLAGS} ${FIRN_SANITIZE}\n")

# firn_add_unit_test(name [MLIR] SOURCES a.cpp… LINK lib…): a GoogleTest program
# that ctest runs.
function(firn_add_unit_test name)
  firn_add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
