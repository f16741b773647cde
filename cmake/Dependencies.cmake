# What Firn stands on. Everything comes from Debian 12; scripts/packages.txt
# names the packages.

# Debian puts LLVM's packages under a versioned prefix that CMake does not search.
find_program(FIRN_LLVM_CONFIG NAMES llvm-config-22 REQUIRED)
execute_process(COMMAND ${FIRN_LLVM_CONFIG} --prefix
                OUTPUT_VARIABLE FIRN_LLVM_PREFIX OUTPUT_STRIP_TRAILING_WHITESPACE)
list(PREPEND CMAKE_PREFIX_PATH ${FIRN_LLVM_PREFIX})

find_package(MLIR 22.1 REQUIRED CONFIG)
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

find_package(Protobuf 3.21 REQUIRED)
find_package(absl REQUIRED)
find_package(Snappy REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Threads REQUIRED)
# CRC-32C with SSE4.2/PCLMUL; the package has no CMake file.
find_path(ISAL_INCLUDE_DIR isa-l/crc.h REQUIRED)
find_library(ISAL_LIBRARY isal REQUIRED)

# What routines stand on: small C and C++ libraries, none of which brings others along.
# The packages of the first two have no CMake files either.
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
find_path(FARMHASH_INCLUDE_DIR farmhash.h REQUIRED)
find_library(FARMHASH_LIBRARY farmhash REQUIRED)
find_package(GIF REQUIRED)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)

find_package(GTest)
find_package(benchmark)
