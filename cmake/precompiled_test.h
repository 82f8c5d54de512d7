// The same for tests, with Catch2.
#pragma once

#include "cmake/precompiled.h"
#include "services/common/testing/catch.h"
