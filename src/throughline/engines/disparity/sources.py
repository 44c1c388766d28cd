"""Where the formulas come from. Every figure names its sources by these ids."""

from __future__ import annotations

SOURCES = {
    "wilson-1927": "Wilson 1927, Journal of the American Statistical Association 22:209",
    "newcombe-1998a": "Newcombe 1998, Statistics in Medicine 17:857 (one rate)",
    "newcombe-1998b": "Newcombe 1998, Statistics in Medicine 17:873, method 10 (two rates)",
    "katz-1978": "Katz, Baptista, Azen and Pike 1978, Biometrics 34:469",
    "koopman-1984": "Koopman 1984, Biometrics 40:513",
    "woolf-1955": "Woolf 1955, Annals of Human Genetics 19:251",
    "nces-acgr": "NCES, Public high school 4-year adjusted cohort graduation rate 2014-15 (example)",
    "student-1908": "Student 1908, Biometrika 6:1",
    "hedges-1981": "Hedges 1981, Journal of Educational Statistics 6:107",
    "borenstein-2009": "Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to "
    "Meta-Analysis, chapter 4",
    "composition": "Office of Special Education Programs, Methods for Assessing Racial/Ethnic "
    "Disproportionality in Special Education (Westat 2011)",
    "roy-2012": "Roy 2012, On Measures of Racial/Ethnic Disproportionality in Special Education, "
    "California Department of Education",
    "ccco-2017": "California Community Colleges Chancellor's Office 2017, Percentage Point Gap "
    "Method",
    "ccco-2014": "California Community Colleges Chancellor's Office 2014, Guidelines for Measuring "
    "Disproportionate Impact in Equity Plans",
    "29-cfr-1607.4": "29 CFR 1607.4(D), four-fifths rule",
    "34-cfr-300.647": "34 CFR 300.647, determining significant disproportionality",
    "throughline": "our own definition",
    "berne-stiefel-1984": "Berne and Stiefel 1984, The Measurement of Equity in School Finance",
    "theil-1967": "Theil 1967, Economics and Information Theory",
    "odonnell-2008": "O'Donnell, van Doorslaer, Wagstaff and Lindelow 2008, Analyzing Health "
    "Equity Using Household Survey Data, World Bank, chapter 8",
    "verstegen-1996": "Verstegen 1996, Journal of Education Finance 22:145",
    "34-cfr-222.162": "34 CFR 222.162, disparity standard",
    "20-usc-6321": "20 USC 6321(c), comparability of services",
    "ed-2008": "US Department of Education 2008, Title I Fiscal Issues, non-regulatory guidance",
    "kitagawa-1955": "Kitagawa 1955, Journal of the American Statistical Association 50:1168",
    "tarone-1982": "Tarone 1982, Biometrics 38:215",
    "gelman-2013": "Gelman and others 2013, Bayesian Data Analysis, 3rd edition, section 5.1",
    "benjamini-hochberg-1995": "Benjamini and Hochberg 1995, Journal of the Royal Statistical "
    "Society B 57:289",
    "fisher-1935": "Fisher 1935, Journal of the Royal Statistical Society 98:39",
}
