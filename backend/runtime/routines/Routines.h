// The families of routines. A new family declares its function here, adds its
// file to CMakeLists.txt, and is called in Routines.cpp.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H

#include "backend/runtime/Routine.h"

namespace firn::runtime {

/// TopK, TopKV2, NthElement.
void addSortingRoutines(RoutineTable &table);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
