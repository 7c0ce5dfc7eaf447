-- The sixteen indicators of treatment.kly and followup.kly as one SQL statement over the tables of the CSV files: what
-- somebody who knows SQL well would write. ${D} is the index date. A row for each practice: its id, how many are in the
-- population, then denominators and numerators in the order of byhand.c.
--
-- Rows of the same measure are numbered from the latest backwards; of two on one day the higher comes first. Of a list of
-- codes all are named that the code sets of the rules hold, in the data or not.
WITH
population AS (
  SELECT patient, practice FROM patients
  WHERE "from" <= DATE '${D}' AND ("to" IS NULL OR "to" > DATE '${D}')
    AND patient IN (SELECT patient FROM diagnoses WHERE code = 'T90' AND date <= DATE '${D}')),
results AS (
  SELECT patient, date,
    CASE WHEN code IN ('NPU27300', 'NPU03835') THEN 'hba1c' WHEN code IN ('NPU01568', 'DNK35308') THEN 'ldl'
         WHEN code IN ('DNK35131', 'DNK35302') THEN 'egfr' WHEN code = 'NPU19661' THEN 'acr' ELSE 'systolic' END AS measure,
    CASE WHEN code = 'NPU03835' THEN (value - 2.15) * 10.929 ELSE value END AS value
  FROM labs
  WHERE code IN ('NPU27300', 'NPU03835', 'NPU01568', 'DNK35308', 'DNK35131', 'DNK35302', 'NPU19661', 'DNK05472')
    AND date BETWEEN DATE '${D}' - INTERVAL 18 MONTH AND DATE '${D}'),
plausible AS (
  SELECT *, row_number() OVER (PARTITION BY patient, measure ORDER BY date DESC, value DESC) AS back FROM results
  WHERE value BETWEEN CASE measure WHEN 'hba1c' THEN 15 WHEN 'ldl' THEN 0.1 WHEN 'egfr' THEN 1 WHEN 'acr' THEN 0 ELSE 50 END
    AND CASE measure WHEN 'hba1c' THEN 200 WHEN 'ldl' THEN 15 WHEN 'egfr' THEN 200 WHEN 'acr' THEN 10000 ELSE 300 END),
latest AS (
  SELECT patient,
    max(value) FILTER (measure = 'hba1c' AND back = 1) hba1c,
    count(*) FILTER (measure = 'hba1c' AND back <= 2) n_last_two, min(value) FILTER (measure = 'hba1c' AND back <= 2) lower_of_two,
    max(value) FILTER (measure = 'ldl' AND back = 1) ldl, max(value) FILTER (measure = 'egfr' AND back = 1) egfr,
    max(value) FILTER (measure = 'acr' AND back = 1) acr, max(value) FILTER (measure = 'systolic' AND back = 1) systolic
  FROM plausible GROUP BY patient),
drugs AS (
  SELECT patient,
    bool_or((code LIKE 'C10AA%' OR code LIKE 'C10BA%' OR code LIKE 'C10BX%' OR code IN ('A10BH51', 'A10BH52'))
      AND code <> 'C10BA10') statin,
    bool_or(code LIKE 'C09A%' OR code LIKE 'C09B%' OR code LIKE 'C09C%' OR code LIKE 'C09D%'
      OR code IN ('C10BX04', 'C10BX06', 'C10BX07', 'C10BX10', 'C10BX11', 'C10BX12', 'C10BX13', 'C10BX14', 'C10BX15', 'C10BX16',
                  'C10BX17', 'C10BX18', 'C10BX19', 'C10BX20', 'C10BX21')) ace_arb,
    bool_or(code IN ('A10BA02', 'A10BD02', 'A10BD03', 'A10BD05', 'A10BD07', 'A10BD08', 'A10BD10', 'A10BD11', 'A10BD13', 'A10BD14',
                     'A10BD15', 'A10BD16', 'A10BD17', 'A10BD18', 'A10BD20', 'A10BD22', 'A10BD23', 'A10BD25', 'A10BD26', 'A10BD27',
                     'A10BD28')) metformin,
    bool_or(code LIKE 'A10BJ%' OR code IN ('A10AE54', 'A10AE56')) glp1,
    bool_or(code LIKE 'A10BK%' OR code IN ('A10BD15', 'A10BD16', 'A10BD19', 'A10BD20', 'A10BD21', 'A10BD23', 'A10BD24', 'A10BD25',
                                           'A10BD27', 'A10BD29')) sglt2
  FROM prescriptions WHERE date BETWEEN DATE '${D}' - INTERVAL 12 MONTH AND DATE '${D}' GROUP BY patient),
heart AS (SELECT DISTINCT patient FROM diagnoses WHERE code IN ('K74', 'K75', 'K76') AND date <= DATE '${D}'),
reviews AS (
  SELECT DISTINCT patient FROM services
  WHERE code IN ('0120', '0121') AND date BETWEEN DATE '${D}' - INTERVAL 18 MONTH AND DATE '${D}'),
planned AS (SELECT DISTINCT patient FROM plans WHERE date <= DATE '${D}'),
enrolled AS (
  SELECT DISTINCT patient FROM enrolments WHERE "from" <= DATE '${D}' AND ("to" IS NULL OR "to" > DATE '${D}')),
known AS (
  SELECT practice, latest.*, coalesce(statin, false) statin, coalesce(ace_arb, false) ace_arb,
    coalesce(metformin, false) metformin, coalesce(glp1, false) glp1, coalesce(sglt2, false) sglt2,
    heart.patient IS NOT NULL has_heart_disease, reviews.patient IS NOT NULL has_review, planned.patient IS NOT NULL has_plan,
    enrolled.patient IS NOT NULL is_enrolled
  FROM population LEFT JOIN latest USING (patient) LEFT JOIN drugs USING (patient) LEFT JOIN heart USING (patient)
    LEFT JOIN reviews USING (patient) LEFT JOIN planned USING (patient) LEFT JOIN enrolled USING (patient))
SELECT practice, count(*),
  count(hba1c), count(*) FILTER (hba1c > 58),
  count(ldl), count(*) FILTER (ldl > 2.5 AND NOT statin),
  count(systolic), count(*) FILTER (systolic > 140),
  count(*) FILTER (n_last_two = 2), count(*) FILTER (n_last_two = 2 AND lower_of_two > 58),
  count(*) FILTER (acr >= 30), count(*) FILTER (acr >= 30 AND NOT ace_arb),
  count(*) FILTER (egfr < 30), count(*) FILTER (egfr < 30 AND metformin),
  count(*) FILTER (has_heart_disease), count(*) FILTER (has_heart_disease AND (glp1 OR sglt2)),
  count(*) FILTER (has_review), count(egfr), count(acr), count(*) FILTER (has_plan), count(*) FILTER (is_enrolled)
FROM known GROUP BY practice ORDER BY practice
