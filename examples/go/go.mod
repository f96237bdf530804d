module example.org/sla-report

go 1.18
