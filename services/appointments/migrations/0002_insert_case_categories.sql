-- The categories of matters in which counsel is appointed. The agency's own code list is not public: codes and names are ours, rows and
-- not code, so that the agency's can take their place.
INSERT INTO case_category (code, valid_from, valid_to, name_swedish, name_english, source) VALUES
('ASYLUM_ADULT', '2018-01-01', NULL, 'Asyl, vuxen', 'Asylum, adult', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('ASYLUM_FAMILY', '2018-01-01', NULL, 'Asyl, familj', 'Asylum, family', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('ASYLUM_UNACCOMPANIED_CHILD', '2018-01-01', NULL, 'Asyl, ensamkommande barn', 'Asylum, unaccompanied child', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('REFUSAL_OF_ENTRY', '2018-01-01', NULL, 'Avvisning', 'Refusal of entry', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('EXPULSION', '2018-01-01', NULL, 'Utvisning', 'Expulsion', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('REVOCATION', '2018-01-01', NULL, 'Återkallelse', 'Revocation', 'utlänningslagen (2005:716) 18 kap.'),
('DETENTION', '2018-01-01', NULL, 'Förvar', 'Detention', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('ENFORCEMENT', '2018-01-01', NULL, 'Verkställighet', 'Enforcement', 'utlänningslagen (2005:716) 18 kap. 1 §'),
('STATUS_APPEAL', '2018-01-01', NULL, 'Överklagande om statusförklaring', 'Appeal on status declaration', 'utlänningslagen (2005:716) 18 kap. 1 a §'),
('NEW_EXAMINATION_APPEAL', '2018-01-01', NULL, 'Överklagande om ny prövning', 'Appeal on new examination', 'utlänningslagen (2005:716) 18 kap. 1 a §'),
('RETURN_23_2', '2018-01-01', NULL, 'Hemsändande', 'Return', 'utlänningslagen (2005:716) 18 kap. 1 § 5 och 23 kap. 2 §'),
('SECURITY_CASE', '2018-01-01', NULL, 'Säkerhetsärende', 'Security case', 'utlänningslagen (2005:716) 18 kap.'),
('DUBLIN', '2018-01-01', NULL, 'Överföring enligt Dublinförordningen', 'Transfer under the Dublin regulation', 'utlänningslagen (2005:716) 18 kap.');
