#include "services/retention/activities/convert.h"

#include <string>

#include "services/common/rpc/timestamp.h"

namespace bitrade::retention {
namespace {

// The names are the same on the wire.
v1::Activity::Action ActionToProto(Action action) {
  v1::Activity::Action out = v1::Activity::ACTION_UNSPECIFIED;
  v1::Activity::Action_Parse(std::string(ActionName(action)), &out);
  return out;
}

v1::Activity::By ByToProto(By by) {
  v1::Activity::By out = v1::Activity::BY_UNSPECIFIED;
  v1::Activity::By_Parse(std::string(ByName(by)), &out);
  return out;
}

}  // namespace

v1::Activity ToProto(const Activity& activity) {
  v1::Activity out;
  out.set_id(activity.id.text());
  if (activity.delegation) out.set_delegation_id(activity.delegation->text());
  out.set_action(ActionToProto(activity.action));
  out.set_by(ByToProto(activity.by));
  out.set_operation(activity.operation);
  out.mutable_object_ids()->Add(activity.object_ids.begin(), activity.object_ids.end());
  rpc::SetTime(activity.time, *out.mutable_time());
  return out;
}

}  // namespace bitrade::retention
