// The page on which a developer plays the phone: phone.html, built in.
#pragma once

#include <string>

namespace bitrade::eidsim {

const std::string& PhonePage();

}  // namespace bitrade::eidsim
