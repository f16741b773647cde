// The table of all routines.
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {

const RoutineTable &routines() {
  static const RoutineTable table = [] {
    RoutineTable routines;
    addSortingRoutines(routines);
    return routines;
  }();
  return table;
}

} // namespace firn::runtime
