import numpy as np, time
from verite.ledger.joining import *
from verite.ledger.joining import USER,NAMED,ANONYMOUS,ACCOUNT
import doctest, verite.ledger.joining as j
print(doctest.testmod(j))
n=5_000_000; m=10_000_000
rng=np.random.default_rng(0)
kinds=np.array([2,1,1,0,0],dtype=np.uint8)[np.arange(n)%5]
p=rng.integers(0,n//5,m)
one=(p*5).astype(np.int32); other=(p*5+rng.integers(1,5,m)).astype(np.int32)
sw=rng.random(m)<0.01
other[sw]=(rng.integers(0,n//5,sw.sum())*5+rng.integers(1,5,sw.sum())).astype(np.int32)
perm=rng.permutation(n).astype(np.int32)
kinds2=np.empty_like(kinds); kinds2[perm]=kinds
for _ in range(2):
    t=time.time(); r=solve(Web(kinds=kinds2,one=perm[one],other=perm[other],forced=np.zeros(m,bool)),Bounds()); print(time.time()-t, np.bincount(r.states), len(np.unique(r.person)))
