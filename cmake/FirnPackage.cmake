# What `cmake --install` installs: one shared library with the public headers under
# include/firn, the tools, and the package that find_package(Firn) finds.

# The public headers, by the name under which users include them. In the project they
# are included by their layer; installed, they stand side by side.
set(FIRN_PUBLIC_HEADERS api/Describe.h api/Freeze.h api/Model.h api/Npy.h
    backend/runtime/DType.h backend/runtime/Shape.h backend/runtime/Tensor.h
    backend/runtime/TensorView.h)
set(FIRN_INSTALLED_HEADERS ${PROJECT_BINARY_DIR}/include/firn)
foreach(header ${FIRN_PUBLIC_HEADERS})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${header})
  get_filename_component(name ${header} NAME)
  file(READ ${PROJECT_SOURCE_DIR}/${header} text)
  string(REGEX REPLACE "#include \"(api|backend/runtime)/" "#include \"firn/" text "${text}")
  file(CONFIGURE OUTPUT ${FIRN_INSTALLED_HEADERS}/${name} CONTENT "${text}" @ONLY)
endforeach()

add_library(firn-shared SHARED
  $<TARGET_OBJECTS:FirnApi> $<TARGET_OBJECTS:FirnNpy> $<TARGET_OBJECTS:FirnRuntime>)
add_library(Firn::firn ALIAS firn-shared)
set_target_properties(firn-shared PROPERTIES
  OUTPUT_NAME firn EXPORT_NAME firn LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  # MLIR's library is not where the loader looks.
  INSTALL_RPATH_USE_LINK_PATH ON)
target_link_libraries(firn-shared
  PRIVATE FirnApi
  INTERFACE absl::status absl::statusor)
target_compile_features(firn-shared INTERFACE cxx_std_20)
target_include_directories(firn-shared INTERFACE
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

include(CMakePackageConfigHelpers)
set(FIRN_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Firn)
install(TARGETS firn-shared EXPORT FirnTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
# The tools hold the library themselves; of what they load, only MLIR's library is not
# where the loader looks.
set_target_properties(firn firn-opt firn-translate PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
install(TARGETS firn firn-opt firn-translate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${FIRN_INSTALLED_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT FirnTargets NAMESPACE Firn:: DESTINATION ${FIRN_CMAKE_DIR})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/FirnConfig.cmake.in
  ${PROJECT_BINARY_DIR}/FirnConfig.cmake INSTALL_DESTINATION ${FIRN_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/FirnConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/FirnConfig.cmake ${PROJECT_BINARY_DIR}/FirnConfigVersion.cmake
  DESTINATION ${FIRN_CMAKE_DIR})
