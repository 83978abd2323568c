/*
 * Forced into better-sqlite3's build for Node 20 and Electron 33, which know this call as an experimental one; the package
 * node-api-headers leaves it out. Without it finalizers run inside the garbage collector, and the process aborts as it ends.
 */
#include <node_api.h>

#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER

extern "C" NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_nogc_env env, napi_finalize finalize_cb,
                                                                      void* finalize_data, void* finalize_hint);
