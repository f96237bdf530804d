/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

changing_facts sli_facts_at_receipt(const clock_question *question) {
    return (changing_facts){.tier = question->request->tier, .criterion = question->request->criterion};
}

/* §7.5: what does not change with the contract is carried over by name. */
static void move_to(changing_facts *facts, const clock_question *question, int32_t contract) {
    const int32_t left = facts->contract;
    facts->tier = sli_contract_carry(question->contract, SLA_ELEMENT_TIER, left, contract, facts->tier);
    facts->criterion = sli_contract_carry(question->contract, SLA_ELEMENT_CRITERION, left, contract, facts->criterion);
    facts->contract = contract;
}

static void apply(changing_facts *facts, const clock_question *question, const sla_change *change) {
    switch (change->fact) {
        case SLA_CHANGED_CONTRACT:
            move_to(facts, question, change->value);
            break;
        case SLA_CHANGED_TIER:
            facts->tier = change->value;
            break;
        default:
            facts->criterion = change->value;
            break;
    }
}

int64_t sli_facts_apply_next(changing_facts *facts, const clock_question *question, const sla_change *changes,
                             size_t count) {
    const int64_t at = changes[facts->next].at;
    for (; facts->next < count && changes[facts->next].at == at; facts->next++) {
        apply(facts, question, &changes[facts->next]);
    }
    return at;
}

/* A fact that does not change, as the contract in force calls it. */
static int32_t carried(const changing_facts *facts, const clock_question *question, int32_t element, int32_t index) {
    return sli_contract_carry(question->contract, element, 0, facts->contract, index);
}

int32_t sli_facts_row(const changing_facts *facts, const clock_question *question) {
    int32_t row = SLA_UNSAID;
    sla_request request = *question->request;
    request.channel = carried(facts, question, SLA_ELEMENT_CHANNEL, request.channel);
    request.service = carried(facts, question, SLA_ELEMENT_SERVICE, request.service);
    request.language = SLA_UNSAID; /* no row asks for it */
    const sla_contract *const contract = sla_contract_successor(question->contract, facts->contract);
    const int32_t metric = carried(facts, question, SLA_ELEMENT_METRIC, question->metric_index);
    const sla_status status = sli_contract_find_target(contract, metric, &request, facts->tier, facts->criterion, &row);
    return status == SLA_OK ? row : SLA_UNSAID;
}
