#include "services/identity/domain/bankid_messages.h"

namespace bitrade::identity {
namespace {

constexpr BankIdMessage kUnknownError{"RFA22", "Okänt fel. Gör ett nytt försök.",
                                      "Unknown error. Try once more."};

constexpr BankIdMessage kMessages[] = {
    {"RFA1", "Öppna BankID-appen.", "Open the BankID app."},
    {"RFA2", "BankID-appen saknas. Installera den och skaffa BankID.",
     "The BankID app is missing. Install it and get a BankID."},
    {"RFA3", "Avbrutet. Gör ett nytt försök.", "Cancelled. Try once more."},
    {"RFA4", "Du har redan en pågående identifiering eller underskrift. Gör ett nytt försök.",
     "You already have an identification or signature in progress. Try once more."},
    {"RFA5", "Tekniskt fel. Gör ett nytt försök.", "Technical error. Try once more."},
    {"RFA6", "Du avbröt.", "You cancelled."},
    {"RFA8", "Appen svarade inte i tid. Kontrollera app och nät och gör ett nytt försök.",
     "The app did not answer in time. Check app and network and try once more."},
    {"RFA9", "Ange säkerhetskoden i appen och bekräfta.",
     "Enter your security code in the app and confirm."},
    {"RFA13", "BankID-appen startas.", "Starting the BankID app."},
    // Of the vendor's older lists; today's hint has RFA15A and RFA15B.
    {"RFA14A", "Söker efter BankID på den här datorn.", "Looking for BankID on this computer."},
    {"RFA14B", "Söker efter BankID på den här enheten.", "Looking for BankID on this device."},
    {"RFA15A", "Letar efter BankID på datorn. Har du BankID på kort: sätt i kortet.",
     "Looking for a BankID on this computer. If yours is on a card, insert it."},
    {"RFA15B", "Letar efter BankID på enheten.", "Looking for a BankID on this device."},
    {"RFA16", "Ditt BankID är spärrat eller för gammalt. Skaffa ett nytt hos din bank.",
     "Your BankID is blocked or too old. Get a new one from your bank."},
    {"RFA17A", "BankID-appen kunde inte startas.", "The BankID app could not be started."},
    {"RFA17B", "QR-koden lästes inte av. Gör ett nytt försök.",
     "The QR code was not scanned. Try once more."},
    // What a page writes on its buttons.
    {"RFA18", "Starta BankID", "Start BankID"},
    {"RFA19", "Vill du använda BankID på den här datorn eller ett Mobilt BankID?",
     "Do you want to use BankID on this computer or a Mobile BankID?"},
    {"RFA20", "Vill du använda BankID på den här enheten eller på en annan?",
     "Do you want to use BankID on this device or on another?"},
    {"RFA21", "Pågår.", "In progress."},
    kUnknownError,
    {"RFA23", "Läs av din id-handling i appen.", "Scan your ID document in the app."},
};

}  // namespace

const absl::string_view kLoginIntention =
    "Jag loggar in i Migrationsverkets e-tjänst för offentliga biträden.";

const BankIdMessage kUpdateApp{"RFA22", "Uppdatera BankID-appen och gör ett nytt försök.",
                               "Update the BankID app and try once more."};

const BankIdMessage& MessageOf(absl::string_view key) {
  for (const BankIdMessage& message : kMessages) {
    if (message.key == key) return message;
  }
  return kUnknownError;
}

}  // namespace bitrade::identity
