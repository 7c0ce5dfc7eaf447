/* bundle.c: all reports of a result, each under a name of its own. */
#include "runtime/fhir/inner.h"
#include "runtime/image/json.h"

static void write_entry(const struct subject *subject, bool is_first, FILE *out) {
  char id[NAME_TEXT];
  name_uuid(subject, id);
  fprintf(out, "%s\n    {\"fullUrl\": \"urn:uuid:%s\", \"resource\": ", is_first ? "" : ",", id);
  report_write(subject, id, out);
  putc('}', out);
}

/* An empty list is none in FHIR, so where nothing is reported there are no entries at all. */
void fhir_write(const struct meetings *meetings, FILE *out) {
  bool any = false;
  fputs("{\"resourceType\": \"Bundle\", \"type\": \"collection\"", out);
  if (meetings->n && *meetings->all[0].data_hash) {
    fputs(",\n  \"identifier\": {\"system\": \"urn:klynge:data\", \"value\": ", out);
    json_text(out, meetings->all[0].data_hash);
    putc('}', out);
  }
  for (size_t m = 0; m < meetings->n; m++) {
    const struct meeting *meeting = &meetings->all[m];
    for (size_t i = 0; i < meeting->n_indicators; i++)
      for (size_t j = 0; j <= meeting->n_practices; j++) {
        const struct subject subject = {meeting, &meeting->indicators[i], j};
        if (!any) fputs(",\n  \"entry\": [", out);
        write_entry(&subject, !any, out);
        any = true;
      }
  }
  fputs(any ? "]}\n" : "}\n", out);
}
