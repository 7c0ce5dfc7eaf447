/* fhir.h: a result in the words of HL7 FHIR R4: a Bundle of MeasureReports, one for each indicator in each practice and in the
 * whole cluster. Like the meeting's documents it is made of the result's JSON, so what is hidden there is hidden here, as masked.
 * docs/fhir.md says what each element holds.
 *
 * Structure: https://hl7.org/fhir/R4/measurereport.html, https://hl7.org/fhir/R4/bundle.html. */
#ifndef KLYNGE_FHIR_H
#define KLYNGE_FHIR_H
#include <stdio.h>
#include "runtime/meeting/meeting.h"

/* Writes the Bundle as JSON. The same result gives the same bytes: ids are made of what they name. */
void fhir_write(const struct meetings *meetings, FILE *out);
#endif
