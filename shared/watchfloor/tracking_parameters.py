"""Query parameters that count visits and never tell two articles apart."""

PREFIXES = (
    "utm_",
    "at_campaign",
    "at_medium",
    "at_custom",
    "ns_",
    "wt_",
    "wt.",
    "pk_",
    "mtm_",
    "hsa_",
    "oly_",
    "guce_",
)
NAMES = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid
    _hsenc _hsmi mkt_tok vero_id vero_conv epik s_kwcid ef_id tblci tbclid oborigurl outbrainclickid
    _ga _gl _openstat fb_action_ids fb_action_types fb_ref fb_source fb_comment_id action_object_map
    cmpid cmp icid int_cid intcid ito ncid ocid smid smtyp xtor ftag s_cid sr_share soc_src soc_trk spm taid trk
    trackid trkcid tsrcid guccounter gaa_at gaa_n gaa_ts gaa_sig phpsessid jsessionid wickedid yptr
    __twitter_impression __source sharetype share_source socialreferer recruited_by_id sthash
    """.split()
)


def counts_visits(parameter: str) -> bool:
    """Whether one `name=value` of a query is there to count visits. A bare value such as `20611` never is.

    >>> counts_visits("utm_source=rss"), counts_visits("id=7"), counts_visits("20611")
    (True, False, False)
    """
    name, equals, _ = parameter.partition("=")
    return bool(equals) and (name.lower() in NAMES or name.lower().startswith(PREFIXES))
